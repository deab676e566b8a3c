using System.Security.Cryptography;
using System.Text;

namespace MrAgreement.Storage;

/// <summary>Keys in a store that are no agreement's: somebody has written there past the program.</summary>
static class StrangeKey
{
    /// <summary>A key for it that no agreement has: whoever looks for its log finds none, and says so.</summary>
    public static AgreementId Of(string told) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(told)).AsSpan(0, 16), bigEndian: true));
}

using System.Security.Cryptography;

namespace MrAgreement.Web.Log;

/// <summary>Salts of events and leaves, at random: the rules draw nothing.</summary>
public static class FreshSalt
{
    public static Salt Draw()
    {
        Span<byte> bits = stackalloc byte[Salt.Length];
        RandomNumberGenerator.Fill(bits);
        return new(bits);
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MrAgreement.Web.Feeds;

/// <summary>Where somebody is in the feed, as they are told it: sealed with the hosts' common keys, so that nobody can read out of it how
/// much happens elsewhere, or make one.</summary>
public sealed class ChangeCursor(IDataProtectionProvider keys)
{
    const int Length = 48;

    /// <summary>In the place of a cursor: from now on.</summary>
    public const string Now = "now";

    readonly IDataProtector protector = keys.CreateProtector("MrAgreement.Changes");

    public string Write(ChangePlace place)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.Place);
        place.Hash.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(40), place.To);
        return Base64Url.EncodeToString(protector.Protect(bytes));
    }

    /// <summary>Null for what we have not written.</summary>
    public ChangePlace? Read(string written)
    {
        try
        {
            var bytes = protector.Unprotect(Base64Url.DecodeFromChars(written));
            return bytes.Length != Length ? null : new(BinaryPrimitives.ReadInt64BigEndian(bytes), new(bytes.AsSpan(8, 32)),
                BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(40)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}

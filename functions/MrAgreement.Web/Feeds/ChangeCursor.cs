using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using MrAgreement.Parties;

namespace MrAgreement.Web.Feeds;

/// <summary>Where somebody is in the feed, as they are told it: sealed with the hosts' common keys, so that nobody can read out of it how
/// much happens elsewhere, or make one.</summary>
public sealed class ChangeCursor(IDataProtectionProvider keys)
{
    const int Length = 64;

    // Of cursors that do not say in which role they were given.
    const int FormerLength = 48;

    /// <summary>In the place of a cursor: from now on.</summary>
    public const string Now = "now";

    readonly IDataProtector protector = keys.CreateProtector("MrAgreement.Changes");

    /// <param name="by">Who is given it.</param>
    public string Write(ChangePlace place, Actor by)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, place.Place);
        place.Hash.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(40), place.To);
        RoleOf(by).CopyTo(bytes, FormerLength);
        return Base64Url.EncodeToString(protector.Protect(bytes));
    }

    /// <summary>Null for what we have not written. Whoever comes with one that was given in another role, or for another party, begins
    /// anew: what they see now may have been passed over.</summary>
    public ChangePlace? Read(string written, Actor by)
    {
        try
        {
            var bytes = protector.Unprotect(Base64Url.DecodeFromChars(written));
            return bytes.Length is not (Length or FormerLength) ? null
                : bytes.Length == Length && !bytes.AsSpan(FormerLength).SequenceEqual(RoleOf(by)) ? ChangePlace.Start
                : new(BinaryPrimitives.ReadInt64BigEndian(bytes), new(bytes.AsSpan(8, 32)),
                    BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(40)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    static byte[] RoleOf(Actor by) => SHA256.HashData(Encoding.UTF8.GetBytes($"{by.Party}/{by.Role}"))[..(Length - FormerLength)];
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace MrAgreement.Ledgers;

/// <summary>Numbers for a file's vouchers that have none: what each holds, and which of those that hold the same it is.</summary>
public sealed class GivenNumbers
{
    // The file's own can't hold it.
    const char Given = '\u0001';

    readonly Dictionary<(string Series, VoucherFingerprint), int> counts = [];

    /// <summary>The number that a voucher is known by.</summary>
    public string For(Voucher voucher, VoucherFingerprint fingerprint)
    {
        if (voucher.Number.Length > 0)
            return voucher.Number;
        ref var among = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (voucher.Series, fingerprint), out _);
        return string.Create(CultureInfo.InvariantCulture, $"{Given}{fingerprint}-{++among}");
    }

    /// <summary>As people see it: nothing for one that we gave.</summary>
    public static string Shown(string number) => number is [Given, ..] ? "" : number;
}

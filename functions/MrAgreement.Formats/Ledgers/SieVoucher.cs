using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Formats.Ledgers;

/// <summary>The voucher being read: what #VER said, and the rows between its braces.</summary>
sealed class SieVoucher(SieReading reading, SieHeading heading, bool withTexts)
{
    /// <summary>Rows of one voucher; its sum then always fits. Real ones have some thousand at most.</summary>
    public const int MostRows = 65_536;

    readonly List<VoucherRow> rows = [];
    string series = "", number = "", text = "";
    LocalDate date;
    int line;
    long sum;
    bool isFaulty, isCovered, isCurrent;
    VoucherRow? added;

    /// <summary>#VER was read, and its opening brace is to come.</summary>
    public bool IsAnnounced { get; private set; }

    /// <summary>Between its braces.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Of the current financial year.</summary>
    public bool IsCurrent => isCurrent;

    public void Announce(ref SieFields fields)
    {
        (series, number, line) = (reading.Name(fields.Next()), reading.Once(fields.Next()), reading.Line);
        isFaulty = !reading.TryDate(fields.Next(), out date);
        var description = fields.Next();
        text = withTexts ? reading.Text(description) : "";
        fields.SkipToEnd();
        isCovered = heading.Covers(date, out isCurrent);
        (IsAnnounced, IsOpen, added, sum) = (true, false, null, 0);
        rows.Clear();
    }

    public void Open() => (IsAnnounced, IsOpen) = (false, true);

    /// <summary>A row that counts.</summary>
    public void Row(ref SieFields fields)
    {
        if (Read(ref fields) is not { } row)
            return;
        EndAdded(row);
        if (rows.Count == MostRows)
        {
            if (!isFaulty)
                Refuse("ledger-voucher-too-long", ("most", MostRows));
            return;
        }
        rows.Add(row);
        sum += row.Amount.Öre;
    }

    /// <summary>The mark of a row that was added later; the row itself is to come next, and only that counts.</summary>
    public void Added(ref SieFields fields)
    {
        EndAdded(null);
        added = Read(ref fields);
    }

    public void EndAdded(VoucherRow? twin)
    {
        if (added is { } it && !(twin is not null && twin.Account == it.Account && twin.Amount == it.Amount
            && twin.Objects.SequenceEqual(it.Objects)))
            reading.Warn("ledger-added-row-alone", [.. Named, ("account", it.Account), ("amount", it.Amount)]);
        added = null;
    }

    /// <returns>Null when something is wrong with it, which is then noted.</returns>
    public Voucher? Close()
    {
        EndAdded(null);
        IsOpen = false;
        if (!isFaulty && !isCovered)
        {
            // Where no row counts, nothing is booked outside the years: it is passed over, and told.
            if (rows.Count == 0)
            {
                Warn("ledger-empty-voucher-outside-years");
                return null;
            }
            Refuse("ledger-date-outside-years", ("date", date));
        }
        else if (!isFaulty && !isCurrent)
            Warn("ledger-date-other-year");
        if (!isFaulty && sum != 0)
            Refuse("ledger-voucher-unbalanced", ("difference", Kronor.FromÖre(sum)));
        return isFaulty ? null : new(series, number, date, text, line, rows.ToArray());
    }

    /// <summary>Gives up a voucher whose braces are not what they should be.</summary>
    public void Break()
    {
        Refuse("ledger-voucher-broken");
        (IsAnnounced, IsOpen) = (false, false);
    }

    /// <summary>Something on a line of it was wrong, and is noted.</summary>
    public void Spoil() => isFaulty = true;

    IEnumerable<(string Place, object Value)> Named => [("series", Short(series)), ("number", Short(number))];

    static string Short(string name) => name.Length > 40 ? $"{name[..40]}…" : name;

    VoucherRow? Read(ref SieFields fields)
    {
        var isRead = reading.TryAccount(fields.Next(), out var account) & reading.TryObjects(ref fields, out var objects);
        // Without its list, whatever stands next is no amount to judge.
        if (!isRead || !reading.TryAmount(fields.Next(), out var amount))
        {
            isFaulty = true;
            return null;
        }
        var day = fields.Next();
        var description = fields.Next();
        var on = date;
        if (!day.IsEmpty && !reading.TryDate(day, out on))
            isFaulty = true;
        fields.SkipToEnd();
        return new(account, objects, amount, on, withTexts ? reading.Text(description) : "");
    }

    void Warn(string slug) => reading.Warnings.Add(line, slug, [.. Named, ("date", date)]);

    void Refuse(string slug, params IReadOnlyList<(string Place, object Value)> values)
    {
        isFaulty = true;
        reading.Errors.Add(line, slug, [.. Named, .. values]);
    }
}

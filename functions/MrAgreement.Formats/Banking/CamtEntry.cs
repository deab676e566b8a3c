using MrAgreement.Banking;
using MrAgreement.Grants;

namespace MrAgreement.Formats.Banking;

/// <summary>One booking on the account, of one transaction or of a bundle of them.</summary>
sealed class CamtEntry(int entry, int line)
{
    const string Booked = "BOOK";

    readonly List<CamtDetails> details = [];
    CamtAmount? amount;
    bool? isCredit;
    bool isReversal;
    string? status;
    LocalDate? bookedOn;
    string? bankReference;
    string? entryReference;
    string? text;

    public bool IsBooked => status == Booked;

    /// <summary>Whether it says when.</summary>
    public bool HasDay => bookedOn is not null;

    /// <summary>With its sign; null when it can't be told.</summary>
    public CamtAmount? Signed => amount is { } known && isCredit is { } credit
        ? known with { Value = credit ? known.Value : -known.Value }
        : null;

    /// <summary>Reads the Ntry that the walk stands on.</summary>
    public static CamtEntry Read(int entry, CamtXml xml, CamtValues values, CamtLimits limits)
    {
        var line = xml.Line;
        var it = new CamtEntry(entry, line);
        var (hasAmount, hasMark) = (false, false);
        LocalDate? valueOn = null;
        foreach (var child in xml.Inside())
        {
            switch (child)
            {
                case "NtryRef": it.entryReference = xml.Text(); break;
                case "Amt": (hasAmount, it.amount) = (true, values.Amount()); break;
                case "CdtDbtInd": (hasMark, it.isCredit) = (true, values.IsCredit()); break;
                case "RvslInd": it.isReversal = values.IsTrue("RvslInd"); break;
                case "Sts": it.status = Status(xml); break;
                case "BookgDt": it.bookedOn = values.Day(); break;
                case "ValDt": valueOn = values.Day(); break;
                case "AcctSvcrRef": it.bankReference = xml.Text() is { Length: > 0 } reference ? reference : null; break;
                case "AddtlNtryInf": it.text = xml.Text(); break;
                // What isn't booked is left out, whatever is in it.
                case "NtryDtls" when it.status is null or Booked: it.ReadDetails(xml, values, limits); break;
            }
        }
        if (!hasAmount)
            values.Missing(line, "Amt");
        if (!hasMark)
            values.Missing(line, "CdtDbtInd");
        if (it.status is null or "")
            values.Missing(line, "Sts");
        it.bookedOn ??= valueOn;
        return it;
    }

    /// <summary>Its transactions, numbered from <paramref name="first"/>; the entry
    /// whole, in doubt, when its transactions don't make its amount.</summary>
    /// <param name="written">The day of the message, which an entry without a day
    /// of its own has, in doubt; null when the message has none either.</param>
    public IEnumerable<BankTransaction> Transactions(int first, CamtPlace place, LocalDate? written, FileFaults warnings)
    {
        if (!IsBooked || Signed is not { } whole || (bookedOn ?? written) is not { } day)
            return [];
        var differs = Doubt(whole, warnings);
        var doubt = differs ?? (bookedOn is null ? Warn(warnings, "day-missing", ("date", day)) : null);
        if (details is [var only])
            return [Transaction(first, only, differs is null && only.Amount is { } its ? its : amount!.Value)];
        return details.Count == 0 || differs is not null
            ? [Transaction(first, null, amount!.Value)]
            : details.Select((d, i) => Transaction(first + i, d, d.Amount!.Value));

        BankTransaction Transaction(int number, CamtDetails? its, CamtAmount money)
        {
            var credit = (differs is null && its?.Amount is not null ? its.IsCredit : null) ?? isCredit!.Value;
            // The parties of a reversal are those of the payment that it takes back.
            var fromDebtor = credit != isReversal;
            return new()
            {
                Number = number,
                Line = its?.Line ?? line,
                Entry = entry,
                IsWholeEntry = its is null,
                Part = place.Part,
                IsAdvice = place.Kind == CamtKind.Advice,
                Account = place.Account,
                OwnAccount = its is null ? null : fromDebtor ? its.CreditorAccount : its.DebtorAccount,
                BankReference = its?.BankReference ?? (details.Count < 2 || its is null ? bankReference : null),
                EntryReference = bankReference,
                BookedOn = day,
                IsDayOfFile = bookedOn is null,
                Direction = credit ? PaymentDirection.In : PaymentDirection.Out,
                IsReversal = isReversal,
                Amount = money.InKronor,
                Currency = money.Currency,
                AmountText = money.Text,
                Counterpart = its is null ? Counterpart.None
                    : fromDebtor ? new(its.DebtorName, its.DebtorAccount) : new(its.CreditorName, its.CreditorAccount),
                EndToEndId = its?.EndToEndId,
                InstructionId = its?.InstructionId,
                TransactionId = its?.TransactionId,
                UniqueId = its?.UniqueId,
                Documents = its?.Documents ?? [],
                References = its?.References ?? (entryReference is { Length: > 0 } ? [entryReference] : []),
                PaymentReferences = its?.PaymentReferences ?? [],
                Texts = details.Count < 2 && text is { Length: > 0 } ? [.. its?.Texts ?? [], text] : its?.Texts ?? [],
                Parts = its?.Parts ?? [],
                Doubt = doubt
            };
        }
    }

    // Whether the transactions make the entry's amount, as they must; charges and exchange may be why they don't.
    string? Doubt(CamtAmount whole, FileFaults warnings)
    {
        if (details is [] or [{ Amount: null }])
            return null;
        if (details.Find(d => d.Amount is { } its && its.Currency != whole.Currency)?.Amount is { } other)
            return Warn(warnings, "details-in-other-currency", ("currency", whole.Currency), ("other", other.Currency));
        if (details.Exists(d => d.Amount is null))
            return Warn(warnings, "details-without-amount", ("count", details.Count(d => d.Amount is null)));
        var sum = details.Sum(d => d.IsCredit ?? whole.Value >= 0 ? d.Amount!.Value.Value : -d.Amount!.Value.Value);
        return sum == whole.Value ? null
            : Warn(warnings, "details-do-not-sum", ("amount", whole.Value), ("sum", sum), ("currency", whole.Currency));
    }

    string Warn(FileFaults warnings, string rule, params IReadOnlyList<(string Place, object Value)> values)
    {
        warnings.Add(line, rule, values);
        return rule;
    }

    void ReadDetails(CamtXml xml, CamtValues values, CamtLimits limits)
    {
        foreach (var child in xml.Inside())
        {
            if (child != "TxDtls")
                continue;
            if (details.Count == limits.TransactionsOfEntry)
                throw new CamtRefusedException("entry-too-long", ("max", limits.TransactionsOfEntry));
            details.Add(CamtDetails.Read(xml, values));
        }
    }

    // 02: the text. 08: Cd or Prtry inside.
    static string Status(CamtXml xml)
    {
        string? code = null;
        var text = xml.Text(child: () => code ??= xml.Text());
        return code ?? text;
    }
}

using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Banking;

/// <summary>One transaction on the recipient's account, as the bank's file has it.</summary>
public sealed record BankTransaction
{
    /// <summary>Place in the file, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Line of the file that it begins on, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>Which of the file's entries it belongs to, from 1; a bundle has many transactions.</summary>
    public required int Entry { get; init; }

    /// <summary>Whether the file tells of the entry only, not of the transactions in it.</summary>
    public bool IsWholeEntry { get; init; }

    public required BankAccount Account { get; init; }

    /// <summary>The bank's own reference to the transaction; null where the file has none.</summary>
    public string? BankReference { get; init; }

    /// <summary>The bank's own reference to the entry; the same in a statement and in an advice of the same payment.</summary>
    public string? EntryReference { get; init; }

    /// <summary>Which of the file's parts it stands in, from 1; each has one account, and books a payment once.</summary>
    public int Part { get; init; } = 1;

    /// <summary>Whether it stands in an advice: those may have another day than the account statement.</summary>
    public bool IsAdvice { get; init; }

    /// <summary>The number of the recipient's own that was paid to or from,
    /// where the file tells: a bankgiro number leads to the account.</summary>
    public BankAccount? OwnAccount { get; init; }

    /// <summary>Whether the file has no day for it, and the day is that of the file.</summary>
    public bool IsDayOfFile { get; init; }

    /// <summary>The day in Stockholm.</summary>
    public required LocalDate BookedOn { get; init; }

    /// <summary>Which way this money went; of a reversal the other way than
    /// what it reverses. Source: ISO 20022, ReversalIndicator.</summary>
    public required PaymentDirection Direction { get; init; }

    public bool IsReversal { get; init; }

    /// <summary>Never negative; null in a foreign currency.</summary>
    public required Kronor? Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>The amount as written.</summary>
    public required string AmountText { get; init; }

    public Counterpart Counterpart { get; init; } = Counterpart.None;

    /// <summary>What the one who ordered the payment called it; comes back on what the recipient paid.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>The payer's order's own number for it.</summary>
    public string? InstructionId { get; init; }

    /// <summary>What the first bank called it, all the way.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Unique in the world (UETR).</summary>
    public string? UniqueId { get; init; }

    /// <summary>Numbers of the documents that it pays.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>References to a creditor's claim (OCR), as written.</summary>
    public IReadOnlyList<string> PaymentReferences { get; init; } = [];

    /// <summary>Numbers of documents, instructions and the like.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Free text, in the order of the file.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>What the payer says that it pays, with an amount for each.</summary>
    public IReadOnlyList<PaymentPart> Parts { get; init; } = [];

    /// <summary>How much the file tells of it, in letters and digits: of two tellings
    /// of one transaction the longer is the better one to match by.</summary>
    public int Told => Written.Append(Counterpart.Name ?? "").Select(w => BankText.Key(w)).Distinct().Sum(w => w.Length);

    /// <summary>Why a person must look at it whatever it says: a stable name, or null.</summary>
    public string? Doubt { get; init; }

    /// <summary>Whether it names an agreement by its diary number.</summary>
    public bool Cites(DiaryNumber number) => DiaryNumbersInText.Key(number) is var key && DiaryNumbersInText.IsWhole(key)
        ? Written.Any(w => DiaryNumbersInText.Whole(w) == key)
        : Written.SelectMany(DiaryNumbersInText.In).Contains(key)
        || (Texts.Count > 1 && DiaryNumbersInText.In(string.Concat(Texts)).Contains(key));

    /// <summary>All that the payer may have written a diary number in.</summary>
    public IEnumerable<string> Written => [.. References, .. PaymentReferences, .. Texts, .. EndToEndId is { } id ? [id] : (string[])[]];
}

/// <summary>An account as a bank's file names it.</summary>
/// <param name="Scheme">IBAN, BBAN, BGNR … ; empty where the file doesn't say.</param>
/// <param name="Number">Letters and digits, upper-case.</param>
public readonly record struct BankAccount(string Scheme, string Number)
{
    public static BankAccount Of(string scheme, string number) =>
        new(scheme, string.Concat(number.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());
}

/// <summary>Whoever is at the other end of a payment, as far as it is known.</summary>
public sealed record Counterpart(string? Name, BankAccount? Account)
{
    public static readonly Counterpart None = new(null, null);
}

/// <summary>One of several things that a payment pays.</summary>
/// <param name="IsPaymentReference">Whether the reference is to a creditor's claim (OCR).</param>
public sealed record PaymentPart(string Reference, bool IsPaymentReference, Kronor Amount);

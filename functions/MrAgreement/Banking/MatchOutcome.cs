namespace MrAgreement.Banking;

/// <summary>By what a transaction was matched, or a match is proposed.</summary>
public enum MatchRule
{
    /// <summary>The diary number in a reference or a text, and the exact amount.</summary>
    DiaryNumber,

    /// <summary>Our own reference came back on what we paid, and the exact amount.</summary>
    EndToEndId,

    /// <summary>The payment reference (OCR) that we asked for, and the exact amount.</summary>
    PaymentReference,

    /// <summary>Some other reference of ours, and the exact amount. Only ever proposed, like all that follow but a reversal.</summary>
    OwnReference,

    /// <summary>The exact amount, from whom we expect it, about when.</summary>
    AmountAndPayer,

    /// <summary>The exact amount of a payment recorded by hand, within days of it.</summary>
    RecordedPayment,

    /// <summary>Less than is left of the requisition that it names.</summary>
    PartPayment,

    /// <summary>Exactly what is left of two or more requisitions together.</summary>
    SeveralRequisitions,

    /// <summary>The reference is ours, the amount another.</summary>
    AmountDiffers,

    /// <summary>Its references point at different things.</summary>
    Contradiction,

    /// <summary>Takes back a payment of the same amount and reference; certain where it
    /// has the bank's own reference to one that is certain in the same file.</summary>
    Reversal
}

/// <summary>What a transaction is the payment of.</summary>
public abstract record MatchTarget;

public sealed record RequisitionTarget(AgreementId Agreement, int Number) : MatchTarget;

public sealed record RepaymentTarget(AgreementId Agreement, int Number) : MatchTarget;

/// <summary>The same payment, recorded already; of a reversal the payment that it takes back.</summary>
public sealed record PaymentTarget(AgreementId Agreement, int Number) : MatchTarget;

/// <summary>Of a reversal: the transaction of the same file that it takes back.</summary>
public sealed record TransactionTarget(int Number) : MatchTarget;

/// <summary>One thing that a transaction may pay: as a rule one target, or several that it pays together.</summary>
public sealed record Candidate(params IReadOnlyList<MatchTarget> Targets)
{
    public bool Equals(Candidate? other) => other is not null && Targets.SequenceEqual(other.Targets);
    public override int GetHashCode() => Targets.Aggregate(0, HashCode.Combine);
}

/// <summary>What came of one transaction.</summary>
public abstract record MatchOutcome;

/// <summary>Nothing else fits: it needs nobody's word.</summary>
public sealed record Matched(MatchRule Rule, MatchTarget Target) : MatchOutcome;

/// <summary>A person chooses.</summary>
/// <param name="Candidates">Oldest first, at most <see cref="Matching.MostCandidates"/>.</param>
public sealed record Proposed(MatchRule Rule, params IReadOnlyList<Candidate> Candidates) : MatchOutcome
{
    public bool Equals(Proposed? other) => other is not null && Rule == other.Rule && Candidates.SequenceEqual(other.Candidates);
    public override int GetHashCode() => Candidates.Aggregate((int)Rule, HashCode.Combine);
}

/// <summary>A person finds out what it is.</summary>
/// <param name="Reason">Stable name; its sentences stand in the texts of each language.</param>
public sealed record Unmatched(string Reason, params IReadOnlyList<(string Place, object Value)> Values) : MatchOutcome
{
    public bool Equals(Unmatched? other) => other is not null && Reason == other.Reason && Values.SequenceEqual(other.Values);
    public override int GetHashCode() => Values.Aggregate(Reason.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
}

/// <summary>Another file tells of it, and it counts there.</summary>
/// <param name="As">What it is held against.</param>
public sealed record Duplicate(DuplicateBasis Basis, Telling As) : MatchOutcome;

/// <summary>Nothing tells whether it is a payment that another file tells of, or one of its own: a person says.</summary>
/// <param name="Others">What it may be: at least one.</param>
public sealed record Perhaps(IReadOnlyList<Telling> Others) : MatchOutcome
{
    public bool Equals(Perhaps? other) => other is not null && Others.SequenceEqual(other.Others);
    public override int GetHashCode() => Others.Aggregate(0, HashCode.Combine);
}

/// <summary>A transaction and what came of it.</summary>
public sealed record MatchedTransaction(BankTransaction Transaction, MatchOutcome Outcome);

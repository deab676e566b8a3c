using System.Runtime.CompilerServices;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Banking;

/// <summary>Something that a transaction may be the payment of.</summary>
/// <param name="Day">Dispatched, attested or paid.</param>
/// <param name="References">As keys.</param>
sealed record OpenItem(MatchTarget Target, AgreementId Agreement, int Number, string Diary, PaymentDirection Direction, Kronor Left,
    LocalDate Day, IReadOnlyList<string> References)
    : IComparable<OpenItem>
{
    public bool IsTaken { get; set; }
    public bool IsPayment => Target is PaymentTarget;

    // One of those given, whatever it says.
    public bool Equals(OpenItem? other) => ReferenceEquals(this, other);
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    // Oldest first, and never by the order in which they were given.
    public int CompareTo(OpenItem? other)
    {
        if (other is null)
            return 1;
        var byDay = Day.CompareTo(other.Day);
        var byAgreement = byDay != 0 ? byDay : Agreement.Value.CompareTo(other.Agreement.Value);
        var byKind = byAgreement != 0 ? byAgreement : IsPayment.CompareTo(other.IsPayment);
        return byKind != 0 ? byKind : Number.CompareTo(other.Number);
    }
}

namespace MrAgreement.Parties;

/// <summary>That the other side says of a record that it is not right. Nothing is undone by it: a new record, or a confirmation after
/// all, settles it.</summary>
/// <param name="Party">Key of the party that says so.</param>
public sealed record Contest(string Party, string Reason, PersonId By, Instant At);

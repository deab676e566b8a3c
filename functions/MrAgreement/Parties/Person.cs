namespace MrAgreement.Parties;

/// <summary>Someone in the register of people. The log holds the id alone, so that a name can be corrected or erased.</summary>
/// <param name="Party">Key of the party that the person belongs to; empty for none.</param>
public sealed record Person(PersonId Id, string Name, string Party, Role Role)
{
    public Actor Actor => new(Id, Party, Role);
}

using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>What a publication is.</summary>
public enum PublicationKind
{
    Guide,
    Report,
    Material,
    Course,
    Decision
}

/// <summary>Whom material is for.</summary>
public enum PublicationAudience
{
    Elected,
    Leadership,
    Officials,
    PublicFacing
}

/// <summary>Material as somebody tells of it.</summary>
/// <param name="Document">Id of a document of one's own party; the newest version counts. Null for what lies at an address.</param>
/// <param name="Address">Of a page of the web; null for a document.</param>
/// <param name="On">The day it was made public, or finished; today or earlier.</param>
/// <param name="Language">As in <c>sv</c> or <c>en-GB</c>.</param>
/// <param name="Measure">Key of the measure of the plan that it comes of; null for none.</param>
/// <param name="Audience">Empty for everybody.</param>
public sealed record ToldMaterial(
    string Title, PublicationKind Kind, Guid? Document, string? Address, LocalDate On, string Language, string? Measure,
    IReadOnlyList<PublicationAudience> Audience);

/// <summary>Registers material (publicerat material), which is open to nobody else until the other side has approved it.</summary>
public sealed record PublishMaterial(ToldMaterial Material) : Command(Act.PublishMaterial);

/// <summary>Records how a party has spread material.</summary>
public sealed record SpreadMaterial(int Number, Spreading Spreading) : Command(Act.SpreadMaterial)
{
    public override Subject Subject => Number;
}

/// <summary>Opens material to everybody, after the three checks.</summary>
public sealed record ApprovePublication(int Number, PublicationChecks Checks) : Command(Act.ApprovePublication)
{
    public override Subject Subject => Number;
}

/// <summary>Takes material back: from then on nobody outside reads it.</summary>
public sealed record WithdrawPublication(int Number, string Reason) : Command(Act.WithdrawPublication)
{
    public override Subject Subject => Number;
}

/// <summary>Material as it is registered.</summary>
/// <param name="Document">The version that is to be open; a later one is not.</param>
public sealed record Material(
    string Title, PublicationKind Kind, LocalDate On, string Language, IReadOnlyList<PublicationAudience> Audience,
    DocumentVersion? Document = null, string? Address = null, string? Measure = null)
{
    public bool SaysSame(Material other) => this with { Audience = [] } == other with { Audience = [] }
        && Audience.SequenceEqual(other.Audience);
}

/// <summary>That a party has spread material.</summary>
/// <param name="Party">Key of the party that has spread it.</param>
/// <param name="Channel">As in a newsletter, or a conference.</param>
/// <param name="Address">Where it can be seen; null for nowhere.</param>
public sealed record Spreading(string Party, string Channel, LocalDate On, string? Address = null);

/// <summary>One of the checks before material is open to everybody.</summary>
/// <param name="Passed">Whether nothing was found against it.</param>
/// <param name="Note">What was looked at, or found; null where nothing is said.</param>
public sealed record PublicationCheck(bool Passed, string? Note = null);

/// <param name="Secrecy">That it holds nothing secret (OSL 2009:400).</param>
/// <param name="PersonalData">That it holds no personal data, or none but what may be published.</param>
/// <param name="Accessibility">That everybody can read it (lag 2018:1937).</param>
public sealed record PublicationChecks(PublicationCheck Secrecy, PublicationCheck PersonalData, PublicationCheck Accessibility);

/// <param name="Number">From 1, within the agreement.</param>
public sealed record MaterialPublished(int Number, Material Material, string Party) : WorkEvent(Party);

public sealed record MaterialSpread(int Number, Spreading Spreading, string Party) : WorkEvent(Party);

/// <param name="Sha256">Of the bytes of the document that was approved; null for what lies at an address.</param>
public sealed record PublicationApproved(
    int Number, PublicationChecks Checks, string Party, [property: Digest] Sha256? Sha256 = null) : WorkEvent(Party);

public sealed record PublicationWithdrawn(int Number, string Reason, string Party) : WorkEvent(Party);

using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Overviews;

/// <summary>What a row tells everybody of.</summary>
public enum PublishedKind
{
    Material,

    /// <summary>Material that was open, and is not any more.</summary>
    Gone,

    /// <summary>The grant of an agreement, as open data.</summary>
    Grant
}

/// <summary>Something that everybody may read, or a sign that it is gone: all that is known where nobody has signed in.</summary>
/// <param name="Number">Of the material, within the agreement; 0 for the grant.</param>
/// <param name="At">When it was opened to everybody, or closed.</param>
/// <param name="Of">The agreement that it comes of; null for what is gone.</param>
public sealed record PublishedRow(
    AgreementId Agreement, PublishedKind Kind, int Number, Instant At, PublishedAgreement? Of = null, PublishedMaterial? Material = null,
    PublishedGrant? Grant = null)
{
    /// <summary>Whether it was erased, where others that are gone were withdrawn.</summary>
    public bool IsErased { get; init; }
}

/// <summary>What everybody is told of an agreement that has something published.</summary>
public sealed record PublishedAgreement(string DiaryNumber, string Title, IReadOnlyList<string> Parties);

/// <param name="Party">Name of the party that published it.</param>
/// <param name="File">The document that was approved; null for what lies at an address.</param>
public sealed record PublishedMaterial(
    string Title, PublicationKind Kind, LocalDate On, string Language, IReadOnlyList<PublicationAudience> Audience, string Party,
    string? Address, PublishedFile? File);

/// <param name="Size">In bytes.</param>
public sealed record PublishedFile(string Name, string MediaType, Sha256 Sha256, long Size);

/// <param name="Amount">What is decided; what waits for a condition is not awarded.</param>
public sealed record PublishedGrant(
    Kronor Amount, LocalDate AwardedOn, DateSpan Period, IReadOnlyList<PublishedParty> Funders, IReadOnlyList<PublishedParty> Recipients);

public sealed record PublishedParty(string Name, OrganisationNumber? OrganisationNumber);

/// <param name="Agreement">Only of this agreement; null for all.</param>
/// <param name="Number">Only the material with this number; null for all.</param>
/// <param name="Page">From 1.</param>
public sealed record PublishedQuery(PublishedKind? Kind, AgreementId? Agreement, int? Number, int Page, int Limit);

/// <summary>From a dossier to what of it everybody may read.</summary>
public static class PublishedRows
{
    public static IReadOnlyList<PublishedRow> Of(Dossier it)
    {
        if (!it.Exists || it.Agreement.Status == AgreementStatus.Draft || it.Grounds.Publications.Count == 0)
            return [];
        var terms = it.Agreement.Terms;
        var of = new PublishedAgreement(terms.DiaryNumber.ToString(), terms.Title, [.. terms.Parties.Select(party => party.Name)]);
        var rows = it.Grounds.Publications.Select(publication => Row(it, of, publication)).OfType<PublishedRow>().ToList();
        return Grant(it, of, rows) is { } grant ? [.. rows, grant] : rows;
    }

    // What was never open leaves no trace, and what is shut for a time none either.
    static PublishedRow? Row(Dossier it, PublishedAgreement of, Publication publication) =>
        (publication.Approved, Publications.StatusOf(it, publication)) switch
        {
            ({ } approved, PublicationStatus.Published) => new(it.Id, PublishedKind.Material, publication.Number, approved.At, of,
                Material(it, publication)),
            ({ }, PublicationStatus.Withdrawn) =>
                new(it.Id, PublishedKind.Gone, publication.Number, publication.Withdrawn!.At),
            ({ } approved, PublicationStatus.Erased) =>
                new(it.Id, PublishedKind.Gone, publication.Number, approved.At) { IsErased = true },
            _ => null
        };

    static PublishedMaterial Material(Dossier it, Publication publication)
    {
        var material = publication.Material;
        return new(material.Title, material.Kind, material.On, material.Language, material.Audience,
            it.Agreement.NameOf(publication.Party, material.On), material.Address, Publications.FileOf(it, material) is { } file
                ? new(FileFormat.NameGiven(file), file.MediaType, file.Sha256, file.Size) : null);
    }

    // Once both sides have opened a decision or a report: whoever reads that may know what it cost.
    static PublishedRow? Grant(Dossier it, PublishedAgreement of, List<PublishedRow> rows)
    {
        var opening = rows.Where(row => row.Material?.Kind is PublicationKind.Decision or PublicationKind.Report).ToList();
        if (opening.Count == 0 || it.Grant.Terms is null || it.Agreement.Signature is not { } signature)
            return null;
        var decided = InstalmentFigures.Of(it.Grant).Sum(figures => figures.Decided);
        var terms = it.Agreement.Terms;
        return decided.IsPositive
            ? new(it.Id, PublishedKind.Grant, 0, opening.Min(row => row.At), of, Grant: new(decided, signature.Signed.SignedOn,
                terms.Period, Named(PartyRole.Grantor), Named(PartyRole.Recipient)))
            : null;

        IReadOnlyList<PublishedParty> Named(PartyRole role) =>
            [.. terms.Parties.Where(party => party.Role == role).Select(party => new PublishedParty(party.Name, party.OrganisationNumber))];
    }
}

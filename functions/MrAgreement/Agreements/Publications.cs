using MrAgreement.Documents;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Where material stands.</summary>
public enum PublicationStatus
{
    /// <summary>The other side has not approved it.</summary>
    Waiting,

    /// <summary>Everybody may read it.</summary>
    Published,

    /// <summary>Approved, and closed while somebody holds that its document may be secret, or it can't be shown.</summary>
    Closed,
    Withdrawn,

    /// <summary>Its document, or what was said of it, was erased.</summary>
    Erased
}

/// <summary>What of an agreement everybody may read: one answer for pages, files, lists and packages.</summary>
public static class Publications
{
    public static PublicationStatus StatusOf(Dossier it, Publication publication) => publication switch
    {
        { Withdrawn: not null } => PublicationStatus.Withdrawn,
        _ when IsErased(it, publication.Material) => PublicationStatus.Erased,
        { Approved: null } => PublicationStatus.Waiting,
        { Approved.Sha256: var approved } when FileOf(it, publication.Material)?.Sha256 != approved
            || IsShut(it, publication.Material) => PublicationStatus.Closed,
        _ => PublicationStatus.Published
    };

    public static bool IsOpen(Dossier it, Publication publication) => StatusOf(it, publication) == PublicationStatus.Published;

    /// <summary>The bytes that were registered: of that version, whatever has been added since. Null for what lies at an address, and
    /// for what is erased.</summary>
    public static DocumentFile? FileOf(Dossier it, Material material) =>
        material.Document is { } version && it.Documents[version.Document] is { IsErased: false } document
            ? document.Versions.FirstOrDefault(known => known.Number == version.Version)?.File : null;

    /// <summary>Whether somebody holds that the document may be secret, or its party has taken it back.</summary>
    public static bool IsShut(Dossier it, Material material) => material.Document is { } version
        && !(it.Documents[version.Document] is { Confidential: false, Withdrawn: null, IsErased: false } document
            && document.Markings.TrueForAll(marking => marking.Removed is not null));

    // An address that was erased is no address.
    static bool IsErased(Dossier it, Material material) => material.Title == ErasableFields.Erased
        || material.Address == ErasableFields.Erased
        || material.Document is { } version && it.Documents[version.Document] is { IsErased: true };
}

using Microsoft.AspNetCore.Http;

namespace MrAgreement.Web.Documents;

/// <summary>The fields of an upload.</summary>
/// <param name="File">The bytes.</param>
/// <param name="Title">Its title.</param>
/// <param name="Kind">As in report or statement: lower-case letters, digits and hyphens.</param>
/// <param name="ReceivedOn">The day it came in, when it is told from whom, or else the day it was drawn up; today when absent.</param>
/// <param name="Confidential">true or false.</param>
/// <param name="LegalGround">The section of law; required when confidential.</param>
/// <param name="CopyOf">UUID of the document of which it is the masked copy; required for the kind masked-copy.</param>
/// <param name="From">From whom it came in; absent for what one's own party has drawn up.</param>
public sealed record DocumentForm(IFormFile File, string Title, string Kind, LocalDate? ReceivedOn = null, bool? Confidential = null,
    string? LegalGround = null, Guid? CopyOf = null, string? From = null);

/// <summary>The field of a newer version's upload.</summary>
/// <param name="File">The bytes.</param>
public sealed record VersionForm(IFormFile File);

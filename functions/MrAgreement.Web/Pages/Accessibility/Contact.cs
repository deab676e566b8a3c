using System.Net.Mail;

namespace MrAgreement.Web.Pages.Accessibility;

/// <summary>Whom to turn to about the pages, as whoever runs the host has said it.</summary>
/// <param name="Written">A mail address, an address on the web, or words; null when nothing has been said.</param>
public sealed record Contact(string? Written)
{
    /// <summary>Where a link to it leads; null for mere words.</summary>
    public string? Link =>
        MailAddress.TryCreate(Written, out var mail) && mail.Address == Written ? $"mailto:{Written}"
        : Uri.TryCreate(Written, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? Written
        : null;
}

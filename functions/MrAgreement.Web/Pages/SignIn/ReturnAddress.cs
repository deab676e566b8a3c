namespace MrAgreement.Web.Pages.SignIn;

/// <summary>Where to go back to: only ever a page of our own.</summary>
static class ReturnAddress
{
    public static string Local(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl) ? address : "/";
}

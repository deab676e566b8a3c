namespace MrAgreement.Web.Pages.SignIn;

/// <summary>Where to go back to: only ever a page of our own.</summary>
static class ReturnAddress
{
    public static string Local(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.All(c => c is > ' ' and < '\x7F') ? address : "/";
}

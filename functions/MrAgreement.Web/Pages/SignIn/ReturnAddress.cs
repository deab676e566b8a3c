namespace MrAgreement.Web.Pages.SignIn;

/// <summary>Where to go back to: only ever a page of our own.</summary>
static class ReturnAddress
{
    // No page has a longer one; it goes back in a header.
    const int Longest = 2_000;

    public static string Local(string? address) =>
        address is ['/', ..] and { Length: <= Longest } and not ['/', '/' or '\\', ..] && address.All(c => c is > ' ' and < '\x7F')
            ? address : "/";
}

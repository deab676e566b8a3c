namespace MrAgreement.Web.SignIn;

/// <summary>That somebody is signed in with a browser: a kept record, which ends when it is deleted.</summary>
/// <param name="Id">Under which it is listed and ended.</param>
/// <param name="Digest">SHA-256 of the secret that its cookie holds.</param>
/// <param name="LastSeen">Told to a quarter of an hour.</param>
/// <param name="Vouched">By whom; null for the made-up people of the demo.</param>
/// <param name="From">The network that it was begun from.</param>
/// <param name="Browser">Which browser, in two words; null for an unknown one.</param>
public sealed record Session(Guid Id, PersonId Person, string Digest, Instant Created, Instant LastSeen, Vouched? Vouched,
    string? From, string? Browser)
{
    /// <summary>When it runs out if it is not used until then.</summary>
    public Instant Until(SessionLength length) => Instant.Min(LastSeen + Duration.FromMinutes(length.IdleMinutes),
        Created + Duration.FromMinutes(length.AbsoluteMinutes));
}

/// <summary>What a provider has said of a sign-in.</summary>
/// <param name="Subject">As the provider calls the person, whichever claim we know them by.</param>
/// <param name="Session">The provider's own session; null when it does not tell.</param>
/// <param name="At">When the person showed who they are; null when it does not tell.</param>
/// <param name="Acr">In which way; null when it does not tell.</param>
/// <param name="IdToken">To sign out with, protected; null for a provider where nobody is signed out.</param>
public sealed record Vouched(string Issuer, string? Subject, string? Session, Instant? At, string? Acr, string? IdToken);

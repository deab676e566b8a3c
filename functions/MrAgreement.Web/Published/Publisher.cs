namespace MrAgreement.Web.Published;

/// <summary>The authority that publishes what everybody may read, as whoever runs the host has said it.</summary>
/// <param name="Name">Null when nothing has been said: then it is known by the host's name.</param>
public sealed record Publisher(string? Name);

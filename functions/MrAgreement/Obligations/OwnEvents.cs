namespace MrAgreement.Obligations;

/// <summary>Something that a party keeps to itself about an obligation: to others it has not
/// happened, so it changes no version of the obligation (docs/decisions/0019).</summary>
/// <param name="Party">Key of the party.</param>
public abstract record OwnEvent(string Obligation, string Party) : ObligationEvent(Obligation);

namespace MrAgreement.Agreements;

/// <summary>Two people: who has recorded something is not who confirms or decides it, whatever parties they act for.</summary>
static class FourEyes
{
    public static readonly Refused Refusal = new("four-eyes", RefusalKind.Forbidden);
}

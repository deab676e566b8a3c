namespace MrAgreement.Web.Texts;

/// <summary>A number in plain decimal notation, of whatever unit stands beside
/// it: the language groups its thousands and writes its point.</summary>
public readonly record struct PlainNumber(string Written)
{
    public override string ToString() => Written;
}

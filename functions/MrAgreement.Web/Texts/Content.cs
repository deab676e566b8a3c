namespace MrAgreement.Web.Texts;

/// <summary>What stands in an agreement or was written by people: Swedish in every language of the pages, which mark it as such.</summary>
public readonly record struct Content(string Text)
{
    public override string ToString() => Text;
}

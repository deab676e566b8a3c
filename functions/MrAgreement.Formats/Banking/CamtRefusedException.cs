namespace MrAgreement.Formats.Banking;

/// <summary>There is no reading on; never leaves the reader.</summary>
sealed class CamtRefusedException(string rule, params IReadOnlyList<(string Place, object Value)> values) : Exception
{
    public string Rule => rule;
    public IReadOnlyList<(string Place, object Value)> Values => values;
}

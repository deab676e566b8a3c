namespace MrAgreement.Parties;

/// <summary>The check digit (modulus 10) that ends organisation numbers, bankgiro and plusgiro numbers and payment references.</summary>
public static class Luhn
{
    /// <summary>Whether the last digit is the check digit of those before it; false for anything but ASCII digits, and for none.</summary>
    public static bool Holds(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        var sum = 0;
        for (var fromRight = 0; fromRight < digits.Length; fromRight++)
        {
            var digit = digits[^(fromRight + 1)] - '0';
            var weighed = fromRight % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}

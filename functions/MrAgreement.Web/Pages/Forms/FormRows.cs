using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>Rows of a form, with fields as <c>lines/0/accounts</c> or <c>changes/0/drop/reason</c>.</summary>
static class FormRows
{
    /// <summary>Without the rows that are left empty, numbered anew: so a fault of row 2 in the rules is at row 2 of the form.</summary>
    public static IFormCollection Compacted(IFormCollection form, string name, Func<Func<string, string>, bool> isKept)
    {
        var fields = form.Where(field => !field.Key.StartsWith($"{name}/", StringComparison.Ordinal)).ToDictionary();
        var kept = 0;
        foreach (var row in Numbers(form, name))
            if (isKept(field => form[$"{name}/{row}/{field}"].ToString().Trim()))
            {
                var before = $"{name}/{row}/";
                foreach (var field in form.Where(f => f.Key.StartsWith(before, StringComparison.Ordinal)))
                    fields[$"{name}/{kept}/{field.Key[before.Length..]}"] = field.Value;
                kept++;
            }
        return new FormCollection(new Dictionary<string, StringValues>(fields), (FormFileCollection?)form.Files);
    }

    /// <summary>How many rows a compacted form has.</summary>
    public static int Count(IFormCollection form, string name) => Numbers(form, name).Count();

    static IEnumerable<int> Numbers(IFormCollection form, string name) => form.Keys
        .Select(key => key.Split('/')).Where(parts => parts.Length >= 3 && parts[0] == name)
        .Select(parts => int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
        .Where(number => number >= 0).Distinct().Order();
}

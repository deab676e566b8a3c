using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace MrAgreement.Benchmarks;

/// <summary>The barest static page: rows of fixed words in a table, and nothing to look up.</summary>
sealed class BarePage : ComponentBase
{
    const int LettersInRow = 100;

    /// <summary>About how long it is, in letters.</summary>
    [Parameter]
    public int Length { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<!DOCTYPE html><html lang=\"sv\"><head><meta charset=\"utf-8\"><title>Sida</title></head><body><h1>Sida</h1><table>");
        for (var row = 0; row < Length / LettersInRow; row++)
        {
            builder.OpenElement(1, "tr");
            foreach (var word in (string[])["åtagande", "2016-05-31", "inlämnad", "ansvarig part"])
            {
                builder.OpenElement(2, "td");
                builder.AddContent(3, word);
                builder.CloseElement();
            }
            builder.CloseElement();
        }
        builder.AddMarkupContent(4, "</table></body></html>");
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Layout;

/// <summary>A page as an answer: whole before it leaves, with the status of what was refused on it.</summary>
static class Rendered
{
    public static RazorComponentResult<T> Page<T>(object parameters, Attempt? refused = null) where T : IComponent => new(parameters)
    {
        StatusCode = refused?.Status ?? StatusCodes.Status200OK, PreventStreamingRendering = true
    };
}

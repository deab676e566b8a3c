using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using MrAgreement.Web;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages;

namespace MrAgreement.Functions.Http;

/// <summary>API and pages as one pipeline, beside the one that the worker has for itself.</summary>
public sealed class WebPipeline(IServiceProvider services, FunctionsSettings settings)
{
    readonly Lazy<RequestDelegate> pipeline = new(() => Build(services, settings));

    public Task Run(HttpContext http) => pipeline.Value(http);

    static RequestDelegate Build(IServiceProvider services, FunctionsSettings settings)
    {
        var app = new ApplicationBuilder(services);
        app.UseMrAgreementAddress(settings.PublicAddress);
        app.UseMrAgreementProblems();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseEndpoints(routes =>
        {
            routes.MapMrAgreementApi();
            routes.MapMrAgreementPages();
        });
        return app.Build();
    }
}

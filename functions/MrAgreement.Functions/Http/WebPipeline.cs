using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web;
using MrAgreement.Web.Http;

namespace MrAgreement.Functions.Http;

/// <summary>API and pages as one pipeline, beside the one that the worker has for itself.</summary>
public sealed class WebPipeline(RequestDelegate run)
{
    public Task Run(HttpContext http) => run(http);

    public static WebPipeline Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseMrAgreement(services.GetRequiredService<FunctionsSettings>().PublicAddress);
        app.UseEndpoints(routes => routes.MapMrAgreement());
        return new(app.Build());
    }
}

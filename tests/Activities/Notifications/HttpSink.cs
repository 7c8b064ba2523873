using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Activities.Tests.Notifications;

/// <summary>An HTTP server on loopback that answers with these status codes in turn, the last one for ever; 0 never answers.</summary>
internal sealed class HttpSink : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HttpSink(WebApplication app) => _app = app;

    /// <summary>The requests, in order.</summary>
    public List<(string Path, IHeaderDictionary Headers, string Body)> Requests { get; } = [];

    public string Url => _app.Urls.Single();

    public static async Task<HttpSink> StartAsync(string answer, params int[] statuses)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        HttpSink sink = new(builder.Build());
        sink._app.Run(async context =>
        {
            using StreamReader reader = new(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            sink.Requests.Add((context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary()), body));
            int status = statuses[Math.Min(sink.Requests.Count, statuses.Length) - 1];
            if (status == 0)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "0";
            await context.Response.WriteAsync(answer);
        });
        await sink._app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

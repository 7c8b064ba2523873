using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <summary>Reads a collection page by page, all pages at the resourceVersion of the first.</summary>
internal sealed class ListReader(ApiConnection connection, ResourceAddress collection, ListOptions options)
{
    // A list that outlives its continue token (5 to 10 minutes) is begun anew: the joined list is of one moment or none.
    private const int Attempts = 3;

    /// <summary>The resourceVersion of the list, known once the first page is read.</summary>
    public string? ResourceVersion { get; private set; }

    /// <summary>The whole list.</summary>
    public async Task<ResourceList> ReadAllAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                List<JsonObject> items = [];
                await foreach (JsonObject item in StreamAsync(cancellationToken))
                {
                    items.Add(item);
                }

                return new ResourceList(items, ResourceVersion!);
            }
            catch (KubernetesException e) when (e.IsExpired && options.ResourceVersion is null && attempt < Attempts)
            {
            }
        }
    }

    /// <summary>The objects one after the other; at most one page is held.</summary>
    public async IAsyncEnumerable<JsonObject> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            ApiRequest request = Request(token);
            using ListPage page = Parse(request, await connection.SendAsync(request, cancellationToken));
            ResourceVersion = page.ResourceVersion ?? "";
            for (int i = 0; i < page.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return page.Decode(i);
            }

            token = page.Continue;
        }
        while (token is not null);
    }

    private ListPage Parse(ApiRequest request, ApiAnswer answer)
    {
        try
        {
            return ListPage.Parse(answer);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            answer.Dispose();
            throw connection.Unreadable(request, e is JsonException ? $"the answer is not JSON: {e.Message}" : e.Message, e);
        }
    }

    private ApiRequest Request(string? token)
    {
        QueryText query = new QueryText()
            .Add("labelSelector", options.LabelSelector)
            .Add("fieldSelector", options.FieldSelector)
            .Add("limit", options.PageSize > 0 ? $"{options.PageSize}" : null)
            .Add("continue", token)
            .Add("resourceVersion", token is null ? options.ResourceVersion : null)
            .Add("resourceVersionMatch", token is null ? options.ResourceVersionMatch : null);
        return new ApiRequest("LIST", HttpMethod.Get, collection.ToString(), collection.Path + query);
    }
}

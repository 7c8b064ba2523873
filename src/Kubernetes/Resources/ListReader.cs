using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using k8s.Autorest;

namespace Orchestrator.Kubernetes;

/// <summary>Reads a collection page by page, all pages at the resourceVersion of the first.</summary>
internal sealed class ListReader(ClusterClient client, ResourceAddress collection, ListOptions options)
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
            catch (ApiException e) when (e.IsExpired && options.ResourceVersion is null && attempt < Attempts)
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
            using HttpOperationResponse<ListPage> answer = await collection.ListAsync<ListPage>(
                client.CustomObjects, Query(token), cancellationToken);
            ListPage page = answer.Body;
            if (!page.IsList)
            {
                throw MissingAnswer.Unreadable(client.CallOf(answer.Request), ListPage.Missing, null);
            }

            ResourceVersion = page.ResourceVersion;
            foreach (JsonObject item in page.Objects())
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            token = page.Continue;
        }
        while (token is not null);
    }

    private ListQuery Query(string? token) => new()
    {
        LabelSelector = options.LabelSelector,
        FieldSelector = options.FieldSelector,
        Limit = options.PageSize > 0 ? options.PageSize : null,
        Continue = token,
        ResourceVersion = token is null ? options.ResourceVersion : null,
        ResourceVersionMatch = token is null ? options.ResourceVersionMatch : null,
    };
}

using Microsoft.Extensions.Logging;
using Orchestrator.Worker.Hosting;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Worker.Servers;

/// <summary>Makes sure that the server knows the search attributes: without them it refuses every workflow that sets one.</summary>
internal sealed partial class SearchAttributeRegistration(ITemporalClient client, TimeProvider clock, ILogger logger)
{
    // The server tells its parts of a new attribute within about a second.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookFor = TimeSpan.FromSeconds(20);

    private string Command => $"temporal operator search-attribute create --namespace {client.Options.Namespace} "
        + string.Join(' ', ChangeNames.SearchAttributes.Select(name => $"--name {name} --type Keyword"));

    /// <summary>Registers what is missing. Where that is denied, says who must do what, and continues.</summary>
    /// <exception cref="WorkerSetupException">An attribute of that name is of another type.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<string> missing = await MissingAsync(cancellationToken);
            if (missing.Count > 0)
            {
                await AddAsync(missing, cancellationToken);
                await WaitUntilKnownAsync(cancellationToken);
                LogRegistered(missing);
            }
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.PermissionDenied
            or RpcException.StatusCode.Unauthenticated
            or RpcException.StatusCode.Unimplemented)
        {
            LogDenied(e.Message, Command);
        }
    }

    private async Task<List<string>> MissingAsync(CancellationToken cancellationToken)
    {
        ListSearchAttributesResponse known = await client.OperatorService.ListSearchAttributesAsync(
            new ListSearchAttributesRequest { Namespace = client.Options.Namespace }, Options(cancellationToken));
        foreach (string name in ChangeNames.SearchAttributes)
        {
            if (known.CustomAttributes.TryGetValue(name, out IndexedValueType type) && type != IndexedValueType.Keyword)
            {
                string @namespace = client.Options.Namespace;
                throw new WorkerSetupException(
                    $"The search attribute {name} of namespace {@namespace} is of type {type}, not Keyword: use another namespace, or "
                    + $"remove it with 'temporal operator search-attribute remove --namespace {@namespace} --name {name}'.");
            }
        }

        return [.. ChangeNames.SearchAttributes.Where(name => !known.CustomAttributes.ContainsKey(name))];
    }

    private async Task AddAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        AddSearchAttributesRequest request = new() { Namespace = client.Options.Namespace };
        foreach (string name in names)
        {
            request.SearchAttributes[name] = IndexedValueType.Keyword;
        }

        try
        {
            await client.OperatorService.AddSearchAttributesAsync(request, Options(cancellationToken));
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.AlreadyExists)
        {
            // Another worker was faster.
        }
    }

    private async Task WaitUntilKnownAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(LookFor, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            while ((await MissingAsync(either.Token)).Count > 0)
            {
                await Task.Delay(LookEvery, clock, either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            LogNotKnown(LookFor.TotalSeconds, Command);
        }
    }

    private static RpcOptions Options(CancellationToken cancellationToken) =>
        new() { Retry = true, CancellationToken = cancellationToken };
}

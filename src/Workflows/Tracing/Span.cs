using System.Diagnostics;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tracing;

/// <summary>What all spans have in common: their source, the names of their tags, how a failure looks.</summary>
internal static class Span
{
    public const string WorkflowId = "temporalWorkflowID";
    public const string RunId = "temporalRunID";
    public const string ActivityId = "temporalActivityID";
    public const string UpdateId = "temporalUpdateID";

    public static readonly ActivitySource Source = new(TraceInterceptor.SourceName);

    /// <summary>Marks a span as failed, unless the failure is declared benign.</summary>
    public static void Fail(Activity? span, Exception failure)
    {
        if (failure is not ApplicationFailureException { Category: ApplicationErrorCategory.Benign })
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.Message);
        }

        span?.AddException(failure);
    }
}

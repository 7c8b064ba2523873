using Temporalio.Api.WorkflowService.V1;
using Temporalio.Common;

namespace Temporalio.Client;

/// <summary>How many workflows match a query.</summary>
public class WorkflowExecutionCount
{
    /// <summary>Initializes an instance.</summary>
    protected internal WorkflowExecutionCount(CountWorkflowExecutionsResponse raw)
    {
        Count = raw.Count;
        Groups = [.. raw.Groups.Select(group => new AggregationGroup(group))];
    }

    /// <summary>The count; about, and of all groups together, where the query groups.</summary>
    public long Count { get; }

    /// <summary>The groups; empty where the query does not group.</summary>
    public IReadOnlyCollection<AggregationGroup> Groups { get; }

    /// <summary>How many workflows are in a group.</summary>
    public class AggregationGroup
    {
        /// <summary>Initializes an instance.</summary>
        protected internal AggregationGroup(CountWorkflowExecutionsResponse.Types.AggregationGroup raw)
        {
            Count = raw.Count;
            GroupValues = [.. raw.GroupValues.Select(value => SearchAttributePayload.Read(value)?.Value).OfType<object>()];
        }

        /// <summary>The count.</summary>
        public long Count { get; }

        /// <summary>The values that the group has in common.</summary>
        public IReadOnlyCollection<object> GroupValues { get; }
    }
}

using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Visibility;

/// <summary>
/// A query of list and count: comparisons, IN, BETWEEN, STARTS_WITH and IS NULL over search attributes, with AND, OR, NOT and parentheses;
/// for count also GROUP BY ExecutionStatus.
/// </summary>
internal sealed class VisibilityQuery
{
    private readonly Func<WorkflowRun, bool?> _matches;

    private VisibilityQuery(Func<WorkflowRun, bool?> matches, string? groupBy)
    {
        _matches = matches;
        GroupBy = groupBy;
    }

    /// <summary>The attribute that count groups by; null for none.</summary>
    public string? GroupBy { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="Grpc.Core.RpcException">It is none, or names an attribute that the namespace does not know.</exception>
    public static VisibilityQuery Parse(string query, SearchAttributeTypes attributes)
    {
        Reader reader = new(QueryTokens.Of(query ?? ""), attributes);
        return reader.Query();
    }

    /// <summary>Whether a run is meant.</summary>
    public bool Matches(WorkflowRun run) => _matches(run) == true;

    /// <summary>The value of a run that it is counted under.</summary>
    public static string GroupOf(WorkflowRun run, string attribute) =>
        AttributeValues.Of(run, attribute) is [var first, ..] ? $"{first}" : "";

    private sealed class Reader(IReadOnlyList<QueryToken> tokens, SearchAttributeTypes attributes)
    {
        private int _at;

        private QueryToken Next => tokens[_at];

        public VisibilityQuery Query()
        {
            Func<WorkflowRun, bool?> matches = Next.Kind == QueryTokenKind.End || Next.Is("GROUP") ? _ => true : Or();
            string? groupBy = null;
            if (Take("GROUP"))
            {
                Require("BY");
                groupBy = Word();
                if (groupBy != "ExecutionStatus")
                {
                    throw RpcErrors.InvalidArgument($"operation is not supported: 'GROUP BY' clause is only supported for ExecutionStatus");
                }
            }

            if (Next.Is("ORDER") || Next.Is("LIMIT"))
            {
                throw RpcErrors.InvalidArgument($"operation is not supported: '{Next.Value.ToUpperInvariant()}' clause");
            }

            return Next.Kind == QueryTokenKind.End ? new(matches, groupBy) : throw Unexpected();
        }

        private Func<WorkflowRun, bool?> Or()
        {
            Func<WorkflowRun, bool?> left = And();
            while (Take("OR"))
            {
                Func<WorkflowRun, bool?> one = left;
                Func<WorkflowRun, bool?> other = And();
                left = run => one(run) | other(run);
            }

            return left;
        }

        private Func<WorkflowRun, bool?> And()
        {
            Func<WorkflowRun, bool?> left = Not();
            while (Take("AND"))
            {
                Func<WorkflowRun, bool?> one = left;
                Func<WorkflowRun, bool?> other = Not();
                left = run => one(run) & other(run);
            }

            return left;
        }

        private Func<WorkflowRun, bool?> Not()
        {
            if (Take("NOT"))
            {
                Func<WorkflowRun, bool?> inner = Not();
                return run => !inner(run);
            }

            if (TakeSymbol("("))
            {
                Func<WorkflowRun, bool?> inner = Or();
                RequireSymbol(")");
                return inner;
            }

            return Comparison();
        }

        private Func<WorkflowRun, bool?> Comparison()
        {
            string name = Word();
            IndexedValueType type = attributes.Of(name)
                ?? throw RpcErrors.InvalidArgument(
                    $"invalid query: invalid search attribute: {name}");
            if (Take("IS"))
            {
                bool isNot = Take("NOT");
                Require("NULL");
                return run => AttributeValues.Of(run, name).Count == 0 != isNot;
            }

            bool negates = Take("NOT");
            if (Take("IN"))
            {
                List<object> values = List(name, type);
                return run => Holds(run, name, values.Contains) ^ negates;
            }

            if (Take("BETWEEN"))
            {
                object least = Value(name, type);
                Require("AND");
                object most = Value(name, type);
                return run => Holds(run, name, value => Compare(value, least) >= 0 && Compare(value, most) <= 0) ^ negates;
            }

            if (Take("STARTS_WITH"))
            {
                string start = $"{Value(name, type)}";
                return run => Holds(run, name, value => value is string text && text.StartsWith(start, StringComparison.Ordinal)) ^ negates;
            }

            return negates || Next.Kind != QueryTokenKind.Symbol ? throw Unexpected() : Operator(name, type);
        }

        private Func<WorkflowRun, bool?> Operator(string name, IndexedValueType type)
        {
            string symbol = tokens[_at++].Value;
            object wanted = Value(name, type);
            return symbol switch
            {
                "=" => run => Holds(run, name, value => Equal(value, wanted, type)),
                "!=" or "<>" => run => !Holds(run, name, value => Equal(value, wanted, type)),
                "<" => run => Holds(run, name, value => Compare(value, wanted) < 0),
                "<=" => run => Holds(run, name, value => Compare(value, wanted) <= 0),
                ">" => run => Holds(run, name, value => Compare(value, wanted) > 0),
                ">=" => run => Holds(run, name, value => Compare(value, wanted) >= 0),
                _ => throw Unexpected(),
            };
        }

        // As in SQL: of an attribute that is not set nothing is true, and nothing false.
        private static bool? Holds(WorkflowRun run, string name, Func<object, bool> test) =>
            AttributeValues.Of(run, name) is { Count: > 0 } values ? values.Any(test) : null;

        private List<object> List(string name, IndexedValueType type)
        {
            RequireSymbol("(");
            List<object> values = [Value(name, type)];
            while (TakeSymbol(","))
            {
                values.Add(Value(name, type));
            }

            RequireSymbol(")");
            return values;
        }

        private object Value(string name, IndexedValueType type)
        {
            QueryToken token = tokens[_at++];
            return AttributeValues.Parse(token, name, type)
                ?? throw RpcErrors.InvalidArgument(
                    $"invalid query: invalid value for search attribute {name} of type {type}: {token.Value}");
        }

        // Text is compared by its words, everything else as a whole.
        private static bool Equal(object value, object wanted, IndexedValueType type) =>
            type == IndexedValueType.Text && value is string text
            ? $"{wanted}".Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Any(word => text.Split(' ').Contains(word, StringComparer.OrdinalIgnoreCase))
            : value is long whole && wanted is double fraction ? whole == fraction : Equals(value, wanted);

        private static int Compare(object value, object wanted) => value switch
        {
            string text => string.CompareOrdinal(text, $"{wanted}"),
            long whole when wanted is double fraction => ((double)whole).CompareTo(fraction),
            IComparable comparable when value.GetType() == wanted.GetType() => comparable.CompareTo(wanted),
            _ => 0,
        };

        private string Word() => Next.Kind is QueryTokenKind.Word ? tokens[_at++].Value : throw Unexpected();

        private bool Take(string keyword)
        {
            bool isIt = Next.Is(keyword);
            _at += isIt ? 1 : 0;
            return isIt;
        }

        private bool TakeSymbol(string symbol)
        {
            bool isIt = Next.IsSymbol(symbol);
            _at += isIt ? 1 : 0;
            return isIt;
        }

        private void Require(string keyword)
        {
            if (!Take(keyword))
            {
                throw Unexpected();
            }
        }

        private void RequireSymbol(string symbol)
        {
            if (!TakeSymbol(symbol))
            {
                throw Unexpected();
            }
        }

        private Grpc.Core.RpcException Unexpected() => RpcErrors.InvalidArgument(
            Next.Kind == QueryTokenKind.End ? "invalid query: it ends too early" : $"invalid query: unexpected '{Next.Value}'");
    }
}

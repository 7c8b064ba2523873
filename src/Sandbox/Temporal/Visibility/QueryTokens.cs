using System.Text;
using Orchestrator.Sandbox.Temporal.Wire;

namespace Orchestrator.Sandbox.Temporal.Visibility;

/// <summary>What a piece of a visibility query is.</summary>
internal enum QueryTokenKind
{
    /// <summary>A name or a keyword.</summary>
    Word,

    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An operator, a parenthesis or a comma.</summary>
    Symbol,

    /// <summary>The end of the query.</summary>
    End,
}

/// <summary>A piece of a visibility query.</summary>
internal sealed record QueryToken(QueryTokenKind Kind, string Value)
{
    /// <summary>Whether it is this keyword, in any case.</summary>
    public bool Is(string keyword) => Kind == QueryTokenKind.Word && Value.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is this symbol.</summary>
    public bool IsSymbol(string symbol) => Kind == QueryTokenKind.Symbol && Value == symbol;
}

/// <summary>Cuts a visibility query into its pieces: SQL's, with text in single or double quotes and names in backquotes.</summary>
internal static class QueryTokens
{
    private static readonly string[] Symbols = ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ","];

    /// <summary>The pieces, with <see cref="QueryTokenKind.End"/> as the last.</summary>
    /// <exception cref="Grpc.Core.RpcException">It has an open quote, or a character that means nothing.</exception>
    public static IReadOnlyList<QueryToken> Of(string query)
    {
        List<QueryToken> tokens = [];
        for (int at = 0; at < query.Length;)
        {
            char c = query[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c is '\'' or '"' or '`')
            {
                tokens.Add(Quoted(query, ref at));
            }
            else if (Array.Find(Symbols, symbol => string.CompareOrdinal(query, at, symbol, 0, symbol.Length) == 0) is { } symbol)
            {
                tokens.Add(new(QueryTokenKind.Symbol, symbol));
                at += symbol.Length;
            }
            else if (char.IsAsciiDigit(c) || (c == '-' && at + 1 < query.Length && char.IsAsciiDigit(query[at + 1])))
            {
                tokens.Add(new(QueryTokenKind.Number,
                    While(query, ref at, next => char.IsAsciiDigit(next) || next is '.' or '-' or 'e' or 'E' or '+')));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                tokens.Add(new(QueryTokenKind.Word, While(query, ref at, next => char.IsLetterOrDigit(next) || next is '_' or '.' or '-')));
            }
            else
            {
                throw RpcErrors.InvalidArgument($"invalid query: unexpected '{c}' at position {at + 1}");
            }
        }

        tokens.Add(new(QueryTokenKind.End, ""));
        return tokens;
    }

    private static QueryToken Quoted(string query, ref int at)
    {
        char quote = query[at++];
        StringBuilder text = new();
        while (at < query.Length)
        {
            char c = query[at++];
            if (c == '\\' && at < query.Length)
            {
                text.Append(query[at++]);
            }
            else if (c != quote)
            {
                text.Append(c);
            }
            else if (at < query.Length && query[at] == quote)
            {
                text.Append(quote);
                at++;
            }
            else
            {
                return new(quote == '`' ? QueryTokenKind.Word : QueryTokenKind.Text, text.ToString());
            }
        }

        throw RpcErrors.InvalidArgument("invalid query: a quote is not closed");
    }

    private static string While(string query, ref int at, Func<char, bool> belongs)
    {
        int start = at;
        while (at < query.Length && belongs(query[at]))
        {
            at++;
        }

        return query[start..at];
    }
}

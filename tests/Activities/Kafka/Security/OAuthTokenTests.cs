using System.Buffers.Text;
using System.Text;
using Orchestrator.Activities.Kafka.Security;

namespace Orchestrator.Activities.Tests.Kafka.Security;

/// <summary>What is read of a bearer token, and that nothing of one that cannot be read is repeated.</summary>
public sealed class OAuthTokenTests
{
    [Theory]
    [InlineData("""{"exp":4102444800,"sub":"alice"}""", "2100-01-01 00:00:00Z alice")]
    [InlineData("""{"exp":4102444800.25,"sub":"alice"}""", "2100-01-01 00:00:00Z alice")]
    [InlineData("""{"exp":4102444800}""", "2100-01-01 00:00:00Z orchestrator")]
    public void Token_WithAnExpiry_IsRead(string claims, string expected)
    {
        OAuthToken token = OAuthToken.Read(Jwt(claims));

        Assert.Equal(expected, $"{token.ExpiresAt:u} {token.Principal}");
    }

    [Theory]
    [InlineData("""{"sub":"alice"}""")]
    [InlineData("""{"exp":"s3cret"}""")]
    [InlineData("""{"exp":["s3cret"]}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""["s3cret"]""")]
    [InlineData("s3cret")]
    public void Claims_WithoutAnExpiry_AreRefusedAndNotRepeated(string claims) => AssertRefused(Jwt(claims));

    [Theory]
    [InlineData("")]
    [InlineData("s3cret")]
    [InlineData("s3cret.s3cret.s3cret")]
    [InlineData("..")]
    [InlineData("a.b.c.d.e.f")]
    public void Text_ThatIsNotAToken_IsRefusedAndNotRepeated(string token) => AssertRefused(token);

    private static void AssertRefused(string token) =>
        Assert.Equal("The token is not a JWT with the claim exp.", Assert.Throws<FormatException>(() => OAuthToken.Read(token)).Message);

    private static string Jwt(string claims) =>
        $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.";
}

using System.Text.Json.Nodes;
using B24Otmechalka.Core.Configuration;
using CsCheck;
using Xunit;

namespace B24Otmechalka.Core.Tests.Configuration;

public sealed class JsonEditsTests
{
    [Fact]
    public void Set_ExistingValues_ChangesThemAndNothingElse()
    {
        var edits = new JsonEdits("{ // one\n \"A\": { \"b\" : \"\", /* two */ \"c\": [ \"x\", 1, ], }, \"d\": null }");

        Assert.True(edits.Set("A:b", "«Новое»"));
        Assert.True(edits.Set("A:c:1", "two \"words\""));
        Assert.True(edits.Set("d", ""));

        Assert.Equal(
            "{ // one\n \"A\": { \"b\" : \"«Новое»\", /* two */ \"c\": [ \"x\", \"two \\\"words\\\"\", ], }, \"d\": \"\" }",
            edits.ToString()
        );
    }

    [Theory]
    [InlineData("{\"Values\":{}}")]
    [InlineData("{\"Values\":{ // nothing yet\n}}")]
    [InlineData("{\"Values\":{\"a\":\"1\"}}")]
    [InlineData("{\"Values\":{\"a\":\"1\",}}")]
    [InlineData("{\n  \"Values\": {\n    \"a\": \"1\" // the first\n  }\n}\n")]
    public void Set_NewValues_AreAddedToTheirObject(string text)
    {
        var edits = new JsonEdits(text);

        Assert.True(edits.Set("Values:x", "1"));
        Assert.True(edits.Set("Values:y", "2"));

        var values = Parse(edits.ToString())["Values"]!;
        Assert.Equal(("1", "2"), ((string?)values["x"], (string?)values["y"]));
    }

    [Fact]
    public void Set_NoPlaceForIt_SaysSo() => Assert.False(new JsonEdits("{\"Values\":[]}").Set("Values:x", "1"));

    [Fact]
    public void Rename_Key_KeepsItsValue()
    {
        var edits = new JsonEdits("{ \"Offices\": { \"186\": \"7\" } } // end");

        Assert.True(edits.Rename("Offices:186", "200"));
        Assert.False(edits.Rename("Offices:187", "200"));
        Assert.Equal("{ \"Offices\": { \"200\": \"7\" } } // end", edits.ToString());
    }

    [Fact]
    public void Set_AnyValues_AreReadBack() =>
        Gen.Dictionary(Gen.String[Gen.Char.AlphaNumeric, 1, 8], Gen.String[Gen.Char[' ', 'ӿ'], 0, 12])
            .Sample(values =>
            {
                var text = "{ \"Values\": { } }";
                foreach (var (name, value) in values)
                {
                    var edits = new JsonEdits(text);
                    edits.Set("Values:" + name, value);
                    text = edits.ToString();
                }

                var read = Parse(text)["Values"]!.AsObject();
                return values
                    .GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                    .All(group =>
                        (string?)read.First(pair => pair.Key.Equals(group.Key, StringComparison.OrdinalIgnoreCase)).Value
                        == group.Last().Value
                    );
            });

    private static JsonNode Parse(string text) =>
        JsonNode.Parse(
            text,
            documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true }
        )!;
}

using B24Otmechalka.Core.Mapping;
using Xunit;

namespace B24Otmechalka.Core.Tests.Mapping;

public sealed class FieldRuleTests
{
    [Fact]
    public void Status_IsOneTextAndIsMarked()
    {
        var rule = FieldRule.Status("Mapping__Contact__StatusField", "UF_CRM_A");

        Assert.Equal(["string"], rule.Types);
        Assert.True(rule.IsStatus);
        Assert.False(rule.Multiple);
        Assert.Empty(rule.Values);
    }

    [Fact]
    public void Text_IsOneTextAndNoStatus()
    {
        var rule = FieldRule.Text("setting", "UF_CRM_A");

        Assert.Equal(["string"], rule.Types);
        Assert.False(rule.IsStatus);
        Assert.False(rule.Multiple);
    }

    [Fact]
    public void Date_IsOneDateWithOrWithoutATime()
    {
        var rule = FieldRule.Date("setting", "UF_CRM_A");

        Assert.Equal(["date", "datetime"], rule.Types);
        Assert.False(rule.Multiple);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void List_NamesEachOfItsValuesOnce(bool multiple)
    {
        var rule = FieldRule.List("setting", "UF_CRM_A", multiple, ["48", "12708", "48"]);

        Assert.Equal(["enumeration"], rule.Types);
        Assert.Equal(multiple, rule.Multiple);
        Assert.Equal(["48", "12708"], rule.Values);
    }
}

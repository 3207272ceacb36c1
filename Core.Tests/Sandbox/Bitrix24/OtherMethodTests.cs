using System.Text.Json;
using B24Otmechalka.Sandbox.Bitrix24;
using B24Otmechalka.Sandbox.Bitrix24.Records;
using B24Otmechalka.Sandbox.Data;
using Xunit;

namespace B24Otmechalka.Core.Tests.Sandbox.Bitrix24;

public sealed class OtherMethodTests : IDisposable
{
    private readonly PortalDriver driver = new();

    public OtherMethodTests()
    {
        driver.Portal.SetUser(new PortalUser(12288, "Андрей", "Сергеев"));
        driver.Portal.SetUser(new PortalUser(12292, "Геннадий", "", Active: false));
        driver.Portal.SetUser(new PortalUser(12293, "Бот", "") { UserType = "bot" });
        driver.Portal.Deals.Add([], 5);
    }

    public void Dispose() => driver.Dispose();

    [Theory]
    [InlineData("user.get?ID=12288", "12288")]
    [InlineData("user.get?FILTER[ID][]=12288&FILTER[ID][]=12292&FILTER[ID][]=12293", "12288,12292")]
    [InlineData("user.get?filter[@ID][]=12292", "12292")]
    [InlineData("user.get?filter[ID]=12292&filter[ACTIVE]=true", "")]
    [InlineData("user.get?start=-1", "12288,12292")]
    public async Task UserGet_Filter_Selects(string call, string ids) =>
        Assert.Equal(ids, string.Join(',', (await driver.GetAsync(call)).Ids));

    [Fact]
    public async Task UserGet_OldServer_DropsPrefixedKeys()
    {
        driver.Options.UserFilterDropsPrefixes = true;

        Assert.Equal(2, (await driver.GetAsync("user.get?filter[@ID]=12292")).Ids.Count());
    }

    [Fact]
    public async Task UserGet_BriefScope_HasNoMail()
    {
        var user = (await driver.GetAsync("user.get?ID=12292")).Result[0];

        Assert.Equal(JsonValueKind.False, user.GetProperty("ACTIVE").ValueKind);
        Assert.False(user.TryGetProperty("EMAIL", out _));
    }

    [Fact]
    public async Task ProductRows_OfADeal_AreNumbers()
    {
        driver.Portal.SetProductRows(
            5,
            new ProductRow(" Абонемент", 90000, 100000, 9090.91m)
            {
                Quantity = 3,
                TaxRate = 10,
                DiscountType = 2,
            }
        );

        var answer = await driver.GetAsync("crm.deal.productrows.get?id=5");

        var row = answer.Result[0];
        Assert.Equal(" Абонемент", row.GetProperty("PRODUCT_NAME").GetString());
        Assert.Equal("5", row.GetProperty("OWNER_ID").GetString());
        Assert.Equal(
            (90000m, 81818.18m, 90909.09m, 100000m),
            (Number("PRICE"), Number("PRICE_EXCLUSIVE"), Number("PRICE_NETTO"), Number("PRICE_BRUTTO"))
        );
        Assert.Equal("90000.00", row.GetProperty("PRICE_ACCOUNT").GetString());
        Assert.False(answer.Json.TryGetProperty("total", out _));

        decimal Number(string name) => row.GetProperty(name).GetDecimal();
    }

    [Theory]
    [InlineData("crm.deal.productrows.get", "The parameter id is invalid or not defined.")]
    [InlineData("crm.deal.productrows.get?id=99", "Not found")]
    public async Task ProductRows_BadCall_IsRefused(string call, string description)
    {
        var answer = await driver.GetAsync(call);

        Assert.Equal((400, "", description), (answer.Status, answer.Error, answer.Description));
    }

    [Theory]
    [InlineData(true, 60)]
    [InlineData(false, 0)]
    public void ProductRows_Set_MoveTheDealsTime(bool moves, int seconds)
    {
        driver.Options.ProductRowsMoveDateModify = moves;
        driver.Time.Advance(TimeSpan.FromMinutes(1));

        driver.Portal.SetProductRows(5, new ProductRow("Абонемент", 1, 1));

        Assert.Equal(PortalDriver.Start.AddSeconds(seconds), driver.Portal.Deals.Modified(5));
    }

    [Fact]
    public async Task Fields_OfContact_DescribeUserFields()
    {
        var fields = (await driver.GetAsync("crm.contact.fields")).Result;

        var product = fields.GetProperty(SampleFields.Product);
        Assert.Equal("enumeration", product.GetProperty("type").GetString());
        Assert.Equal(
            (true, true, SampleFields.Product, "Продукт"),
            (
                product.GetProperty("isMultiple").GetBoolean(),
                product.GetProperty("isDynamic").GetBoolean(),
                product.GetProperty("title").GetString(),
                product.GetProperty("formLabel").GetString()
            )
        );
        Assert.Contains(product.GetProperty("items").EnumerateArray(), item => item.GetProperty("ID").GetString() == "404");
        Assert.True(fields.GetProperty("DATE_MODIFY").GetProperty("isReadOnly").GetBoolean());
    }

    [Fact]
    public async Task UserFieldList_Filter_IsExact()
    {
        var answer = await driver.PostAsync(
            "crm.deal.userfield.list",
            new { filter = new { FIELD_NAME = SampleFields.PaymentMethod, LANG = "ru" } }
        );

        var field = Assert.Single(answer.Result.EnumerateArray());
        Assert.Equal(
            ("CRM_DEAL", "enumeration", "N", "Способ оплаты"),
            (
                field.GetProperty("ENTITY_ID").GetString(),
                field.GetProperty("USER_TYPE_ID").GetString(),
                field.GetProperty("MULTIPLE").GetString(),
                field.GetProperty("EDIT_FORM_LABEL").GetString()
            )
        );
        Assert.Equal("450", field.GetProperty("LIST")[0].GetProperty("ID").GetString());
        Assert.Equal(1, answer.Json.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task UserFieldAdd_Text_CanBeWrittenAfterwards()
    {
        var added = await driver.PostAsync(
            "crm.deal.userfield.add",
            new
            {
                fields = new
                {
                    FIELD_NAME = "STATUS2",
                    USER_TYPE_ID = "string",
                    LABEL = "Статус",
                },
            }
        );
        await driver.GetAsync("crm.deal.update?id=5&fields[UF_CRM_STATUS2]=x");

        Assert.Equal(JsonValueKind.Number, added.Result.ValueKind);
        Assert.Equal("x", driver.Portal.Deals.Text(5, "UF_CRM_STATUS2"));
    }

    [Theory]
    [InlineData("плохо", "string")]
    [InlineData("A_VERY_LONG_NAME_THAT_HAS_MORE_THAN_FIFTY_CHARACTERS", "string")]
    [InlineData("NEW", "text")]
    [InlineData("SYNC_STATUS", "string")]
    public async Task UserFieldAdd_BadField_IsRefused(string name, string type)
    {
        var answer = await driver.PostAsync("crm.deal.userfield.add", new { fields = new { FIELD_NAME = name, USER_TYPE_ID = type } });

        Assert.Equal((400, "ERROR_CORE"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task UserFieldAdd_NotAnAdministrator_IsDenied()
    {
        driver.Portal.AddWebhook(driver.Crms.Webhook with { Admin = false });

        var answer = await driver.PostAsync(
            "crm.contact.userfield.add",
            new { fields = new { FIELD_NAME = "X", USER_TYPE_ID = "string" } }
        );

        Assert.Equal((400, "", "Access denied."), (answer.Status, answer.Error, answer.Description));
    }

    [Fact]
    public async Task System_Methods_Answer()
    {
        Assert.Equal("2026-03-01T12:00:00+03:00", (await driver.GetAsync("server.time")).Result.GetString());
        Assert.Equal("[\"crm\",\"user_brief\"]", (await driver.GetAsync("scope")).Result.GetRawText());
        Assert.Contains("crm.deal.list", (await driver.GetAsync("methods")).Result.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("{\"isExisting\":true,\"isAvailable\":true}", (await driver.GetAsync("method.get?name=user.get")).Result.GetRawText());
        Assert.Equal("1", (await driver.GetAsync("profile")).Result.GetProperty("ID").GetString());
        Assert.Equal("WRONG_AUTH_TYPE", (await driver.GetAsync("app.info")).Error);
    }
}

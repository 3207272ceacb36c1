using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Deals;

/// <summary>The status texts of a deal, in the managers' words.</summary>
internal static class DealTexts
{
    public const string Client = "контакт сделки";
    public const string Product = "товар в сделке";
    public const string ProductName = "название товара";
    public const string Price = "цена товара";
    public const string SellingDate = "дата продажи";
    public const string Branch = "филиал";
    public const string Seller = "ответственный";
    public const string PaymentMethod = "способ оплаты";

    public const string SeveralProducts = "в сделке должен быть один товар, а не несколько";
    public const string Quantity = "количество товара должно быть 1";
    public const string PriceFormat = "цена и скидка товара должны быть суммами в рублях";
    public const string NegativePrice = "цена и скидка товара не могут быть меньше нуля";
    public const string PriceSum = "цена товара минус скидка не равна итоговой цене";
    public const string Currency = "валюта сделки должна быть рубли";
    public const string WrongSellingDate = "дата продажи (такой даты нет)";
    public const string SeveralBranches = "филиал должен быть один, а не несколько";
    public const string SellerNotFound = "ответственный (такой сотрудник в Битрикс24 не найден)";
    public const string SellerName = "ответственный (у сотрудника нет имени)";

    /// <summary>Why the products could not be read follows.</summary>
    public const string ProductsUnreadable = "Битрикс24 не отдал товары сделки, попробуем ещё раз автоматически: ";

    public const string ProductsDenied = "у сотрудника, от имени которого работает вебхук, нет доступа к этой сделке";
    public const string ProductsOdd = "ответ не удалось прочитать";
    public const string ProductsNoReason = "причина не указана";

    /// <summary>Bitrix24's error code follows.</summary>
    public const string ProductsErrorCode = "код ошибки";

    /// <summary>Why the client is not in otmechalka follows.</summary>
    public const string NoClient = "Клиента ещё нет в отмечалке, сделка уйдёт следом за ним: ";

    public const string ClientInvalid = "исправьте ошибки в карточке контакта";
    public const string ClientRefused = "отмечалка пока не приняла контакт, причина в его статусе синхронизации";
    public const string ClientOutOfScope = "проверьте продукт и филиал контакта, с такими он в отмечалку не передаётся";
    public const string ClientDeleted = "клиент удалён в отмечалке, очистите статус синхронизации у контакта";
    public const string ClientUnknown = "контакт ещё не передан или создан до начала синхронизации";

    /// <summary>The status of a deal whose products Bitrix24 does not give.</summary>
    public static string Unreadable(Bitrix24Error error) =>
        StatusLine.Of(
            ProductsUnreadable
                + error switch
                {
                    { IsAccessDenied: true } => ProductsDenied,
                    _ when error == Bitrix24Error.OddAnswer => ProductsOdd,
                    { Code: "" } => ProductsNoReason,
                    _ => $"{ProductsErrorCode} {error.SafeCode}",
                }
        );
}

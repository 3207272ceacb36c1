using System.Collections.Frozen;
using B24Otmechalka.Core.Bitrix24;
using B24Otmechalka.Core.Mapping;

namespace B24Otmechalka.Core.Deals;

/// <summary>The status texts of a deal, in the managers' words.</summary>
internal static class DealTexts
{
    public const string Client = "контакт сделки";
    public const string Product = "товар (добавьте один на вкладке «Товары»)";
    public const string ProductName = "название товара";
    public const string Price = "цена товара";
    public const string SellingDate = "дата продажи";
    public const string Branch = "филиал";
    public const string Seller = "ответственный";
    public const string PaymentMethod = "способ оплаты";

    public const string SeveralProducts = "товары (оставьте один)";
    public const string Quantity = "количество товара (нужно 1)";
    public const string PriceFormat = "цена или скидка товара (введите суммы в рублях заново)";
    public const string NegativePrice = "цена или скидка товара (сумма меньше нуля, введите заново)";
    public const string PriceSum = "итоговая цена (цена минус скидка даёт другую сумму)";
    public const string Currency = "валюта сделки (выберите рубли)";
    public const string WrongSellingDate = "дата продажи (выберите дату в календаре)";
    public const string SeveralBranches = "филиал (выберите один)";
    public const string SellerNotFound = "ответственный (сотрудник удалён или скрыт, назначьте другого)";
    public const string SellerName = "ответственный (заполните имя в профиле сотрудника)";

    /// <summary>Why the products could not be read follows.</summary>
    public const string ProductsUnreadable = "Не удалось прочитать товары сделки, повторим сами: ";

    public const string ProductsDenied = "у службы нет доступа к этой сделке, сообщите оператору";
    public const string ProductsOdd = "ответ Битрикс24 непонятен";
    public const string ProductsNoReason = "Битрикс24 не назвал причину";

    /// <summary>Bitrix24's error code follows.</summary>
    public const string ProductsErrorCode = "ошибка Битрикс24";

    /// <summary>Why the client is not in otmechalka, and what to do, follows.</summary>
    public const string NoClient = "Абонемент ждёт: ученика нет в отмечалке. ";

    public const string ClientInvalid = "Исправьте контакт сделки: что в нём неверно, сказано в его статусе";
    public const string ClientRefused = "Отмечалка не приняла контакт сделки: смотрите причину в его статусе";
    public const string ClientOutOfScope = "Выберите контакту другой продукт или филиал: с нынешними он не передаётся";
    public const string ClientDeleted = "Его там удалили: очистите статус у контакта сделки, и ученик создастся заново";
    public const string ClientUnknown = "Контакт сделки ещё не передан: подождите десять минут, если он старый, спросите оператора";

    /// <summary>How version 1.0.0 worded the same problems: a card that holds such a text keeps it until it is changed.</summary>
    public static readonly FrozenDictionary<string, string> Former = new Dictionary<string, string>
    {
        [Product] = "товар в сделке",
        [SeveralProducts] = "в сделке должен быть один товар, а не несколько",
        [Quantity] = "количество товара должно быть 1",
        [PriceFormat] = "цена и скидка товара должны быть суммами в рублях",
        [NegativePrice] = "цена и скидка товара не могут быть меньше нуля",
        [PriceSum] = "цена товара минус скидка не равна итоговой цене",
        [Currency] = "валюта сделки должна быть рубли",
        [WrongSellingDate] = "дата продажи (такой даты нет)",
        [SeveralBranches] = "филиал должен быть один, а не несколько",
        [SellerNotFound] = "ответственный (такой сотрудник в Битрикс24 не найден)",
        [SellerName] = "ответственный (у сотрудника нет имени)",
    }.ToFrozenDictionary();

    /// <summary>The product's name stands in the place of the ellipsis, and otmechalka's own words follow.</summary>
    public const string UnknownTicketType = "Отмечалка не знает абонемента «…»: выберите товар, который есть среди абонементов";

    /// <summary>The status of a deal whose ticket type otmechalka refuses.</summary>
    public static string UnknownTicket(string ticketType, string words) =>
        StatusLine.Of($"{UnknownTicketType.Replace("…", ticketType, StringComparison.Ordinal)} ({words})");

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

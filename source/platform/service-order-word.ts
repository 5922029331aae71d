/** The word by which this program starts itself to give an order to a service of Windows; see windows/service-orders.ts. */
export const serviceOrderWord = '--order-service';

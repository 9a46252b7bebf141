// Documents as ERPs post them; every person in them is invented. `~CODE` at the end of a number is an order to the simulator.
import { randomBytes } from 'node:crypto'
import { carrier, payer, shop } from './site.mjs'

// Of letters alone: six digits in a row would be masked where a text is shown that may hold personal data.
export const freshNumber = (suffix = '') =>
  `T${[...randomBytes(11)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('')}${suffix}`

const shops = { ebpCode: shop, ebpName: '示例电商', ebcCode: shop, ebcName: '示例电商' }
const buyer = {
  buyerIdType: '1',
  buyerIdNumber: '990000199001010017',
  buyerName: '测试甲',
  buyerTelephone: '10000000000',
}
const receiver = { consignee: '测试甲', consigneeTelephone: '10000000000', consigneeAddress: '海南省海口市示例路1号' }

export function order(number, head = {}) {
  return {
    type: 'CEB311Message',
    enterprise: shop,
    document: {
      OrderHead: {
        orderType: 'I',
        orderNo: number,
        ...shops,
        goodsValue: '199.00',
        freight: '10.00',
        discount: '0.00',
        taxTotal: '22.20',
        acturalPaid: '231.20',
        currency: '142',
        buyerRegNo: 'user-1',
        ...buyer,
        ...receiver,
        payCode: payer,
        payName: '示例支付',
        payTransactionId: `Z${number}`,
        ...head,
      },
      OrderList: [
        {
          gnum: '1',
          itemNo: 'A-1',
          itemName: '示例面霜',
          gmodel: '示例牌，50毫升',
          unit: '011',
          qty: '2',
          price: '99.50',
          totalPrice: '199.00',
          currency: '142',
          country: '110',
        },
      ],
    },
  }
}

export function payment(number, head = {}) {
  return {
    type: 'CEB411Message',
    enterprise: payer,
    document: {
      PaymentHead: {
        payCode: payer,
        payName: '示例支付',
        payTransactionId: `Z${number}`,
        orderNo: number,
        ebpCode: shop,
        ebpName: '示例电商',
        payerIdType: '1',
        payerIdNumber: buyer.buyerIdNumber,
        payerName: buyer.buyerName,
        amountPaid: '231.20',
        currency: '142',
        payTime: '20260131090000',
        ...head,
      },
    },
  }
}

export function waybill(number, head = {}) {
  return {
    type: 'CEB511Message',
    enterprise: carrier,
    document: {
      LogisticsHead: {
        logisticsCode: carrier,
        logisticsName: '示例快递',
        logisticsNo: `Y${number}`,
        orderNo: number,
        freight: '10.00',
        insuredFee: '0',
        currency: '142',
        weight: '1.2',
        packNo: '1',
        goodsInfo: '示例面霜2件',
        ...receiver,
        ...head,
      },
    },
  }
}

export function inventory(number, head = {}) {
  const { consignee, consigneeTelephone, ...address } = receiver
  return {
    type: 'CEB621Message',
    enterprise: shop,
    document: {
      InventoryHead: {
        appStatus: '2',
        orderNo: number,
        ...shops,
        logisticsNo: `Y${number}`,
        logisticsCode: carrier,
        logisticsName: '示例快递',
        assureCode: shop,
        emsNo: 'T6409W000001',
        ieFlag: 'I',
        declTime: '20260131',
        customsCode: '6409',
        portCode: '6409',
        ...buyer,
        ...address,
        agentCode: shop,
        agentName: '示例电商',
        areaCode: shop,
        areaName: '示例电商',
        tradeMode: '1210',
        trafMode: '4',
        country: '142',
        freight: '10.00',
        insuredFee: '0',
        currency: '142',
        packNo: '1',
        grossWeight: '1.2',
        netWeight: '1.0',
        ...head,
      },
      InventoryList: [
        {
          gnum: '1',
          itemRecordNo: '1',
          itemNo: 'A-1',
          itemName: '示例面霜',
          gcode: '3304990039',
          gname: '示例面霜',
          gmodel: '示例牌，50毫升',
          barCode: '无',
          country: '110',
          currency: '142',
          qty: '2',
          unit: '011',
          qty1: '0.1',
          unit1: '035',
          qty2: '2',
          unit2: '011',
          price: '99.50',
          totalPrice: '199.00',
        },
      ],
    },
  }
}

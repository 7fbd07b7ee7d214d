import { ApiProperty } from '@nestjs/swagger';

/** What Meta is answered. */
export class WhatsAppReceiptView {
  @ApiProperty() received!: boolean;
}

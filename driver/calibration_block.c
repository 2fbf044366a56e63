/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/calibration_block.h"

#include <string.h>

/* Magic, version, fields in the order of the struct, CRC; little endian. */
enum {
    VERSION = 1,
    MAGIC_SIZE = 4,
    SERIAL_AT = MAGIC_SIZE + 1,
    PLATE_AT = SERIAL_AT + CALIBRATION_WORD_MAX,
    CODES_AT = PLATE_AT + CALIBRATION_WORD_MAX,
    MADE_AT = CODES_AT + 4,
    CRC_AT = MADE_AT + 8,
    BLOCK_SIZE = CRC_AT + 4
};
_Static_assert((int)BLOCK_SIZE <= (int)INSTRUMENT_CALIBRATION_MAX,
               "room that callers have");

static const char magic[MAGIC_SIZE] = {'c', '7', '0', '0'};

static void put(uint8_t *bytes, size_t size, uint64_t value)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
}

static uint64_t get(const uint8_t *bytes, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)bytes[i] << (8 * i);
    return value;
}

/* CRC-32 of ISO 3309, bit by bit: a block is short. */
static uint32_t crc32(const uint8_t *bytes, size_t size)
{
    uint32_t crc = 0xffffffff;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
}

size_t calibration_pack(const struct calibration *calibration, uint8_t *block)
{
    memset(block, 0, BLOCK_SIZE);
    memcpy(block, magic, MAGIC_SIZE);
    block[MAGIC_SIZE] = VERSION;
    memcpy(block + SERIAL_AT, calibration->serial, CALIBRATION_WORD_MAX);
    memcpy(block + PLATE_AT, calibration->plate, CALIBRATION_WORD_MAX);
    block[CODES_AT] = calibration->area;
    block[CODES_AT + 1] = calibration->specular;
    block[CODES_AT + 2] = calibration->user_plate;
    block[CODES_AT + 3] = calibration->medium_area;
    put(block + MADE_AT, 8, (uint64_t)calibration->made);
    put(block + CRC_AT, 4, crc32(block, CRC_AT));
    return BLOCK_SIZE;
}

enum instrument_status calibration_unpack(const uint8_t *block, size_t size,
                                          struct calibration *out)
{
    if (size != BLOCK_SIZE || memcmp(block, magic, MAGIC_SIZE) != 0 ||
        block[MAGIC_SIZE] != VERSION || get(block + CRC_AT, 4) != crc32(block, CRC_AT))
        return INSTRUMENT_NO_DATA;
    struct calibration read = {
        .area = block[CODES_AT],
        .specular = block[CODES_AT + 1],
        .user_plate = block[CODES_AT + 2],
        .medium_area = block[CODES_AT + 3],
        .made = (int64_t)get(block + MADE_AT, 8),
    };
    memcpy(read.serial, block + SERIAL_AT, CALIBRATION_WORD_MAX - 1);
    memcpy(read.plate, block + PLATE_AT, CALIBRATION_WORD_MAX - 1);
    *out = read;
    return INSTRUMENT_OK;
}
